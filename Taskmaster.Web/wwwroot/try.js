// The page that tries the code flow. The code verifier (RFC 7636 §4.1) is made here and stays in this tab until it is sent with the
// code. Without this script, or without crypto.subtle, which browsers leave out on plain http, the server makes it.
const kept = "code_verifier " + location.pathname;
const challenge = document.getElementById("CodeChallenge");
const verifier = document.getElementById("CodeVerifier");

const base64Url = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

if (challenge && globalThis.crypto?.subtle) {
  const made = base64Url(crypto.getRandomValues(new Uint8Array(32)));
  const hash = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(made));
  sessionStorage.setItem(kept, made);
  challenge.value = base64Url(hash);
}

if (verifier && verifier.value === "") {
  verifier.value = sessionStorage.getItem(kept) ?? "";
}
