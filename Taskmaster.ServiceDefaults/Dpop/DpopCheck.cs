using System.Diagnostics.CodeAnalysis;

namespace Taskmaster.ServiceDefaults.Dpop;

/// <summary>What became of the check of a request's proof: either it can be accepted, or there is a problem with it.</summary>
public sealed record DpopCheck
{
    private DpopCheck(DpopProof? proof, DpopProblem? problem) => (Proof, Problem) = (proof, problem);

    public DpopProof? Proof { get; }

    public DpopProblem? Problem { get; }

    [MemberNotNullWhen(true, nameof(Proof))]
    [MemberNotNullWhen(false, nameof(Problem))]
    public bool Succeeded => Proof is not null;

    public static implicit operator DpopCheck(DpopProof proof) => new(proof, null);

    public static implicit operator DpopCheck(DpopProblem problem) => new(null, problem);
}
