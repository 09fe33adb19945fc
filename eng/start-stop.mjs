// What a developer waits for, of two builds in turn: node eng/start-stop.mjs <rounds> <folder of one clone> <folder of another>
// Per round and clone: the command to the first steps, Ctrl+C to nothing left; in the last round kill -9 to nothing left.
// Both built before, in Debug. Memory is what all its processes share and have (PSS), just after the first steps. Linux only.
import { spawn } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { randomUUID } from 'node:crypto';

const [rounds, ...clones] = process.argv.slice(2);
const pause = ms => new Promise(done => setTimeout(done, ms));
const median = numbers => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)];

function read(path) {
  try { return readFileSync(path, 'utf8'); } catch { return ''; }
}

/** The processes that inherited the mark. */
function family(mark) {
  return readdirSync('/proc').filter(id => /^\d+$/.test(id) && read(`/proc/${id}/environ`).includes(mark));
}

function megabytes(ids) {
  const pss = id => Number(/^Pss:\s+(\d+)/m.exec(read(`/proc/${id}/smaps_rollup`))?.[1] ?? 0);
  return ids.map(pss).reduce((a, b) => a + b, 0) / 1024;
}

async function round(clone, signal) {
  const mark = `START_STOP=${randomUUID()}`;
  const arguments_ = ['--default-signal=INT', mark, 'dotnet', 'run', '--no-build', '--project', 'Taskmaster.AppHost', '--', '--Local:Stores=programs'];
  const started = performance.now();
  const host = spawn('env', arguments_, { cwd: clone, detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  await new Promise((done, failed) => {
    host.stdout.on('data', data => (output += data).includes('A first token') && done());
    host.on('exit', code => failed(new Error(`It ended with ${code}.\n${output}`)));
  });
  const start = performance.now() - started;
  host.removeAllListeners('exit');

  const running = family(mark);
  const memory = megabytes(running);
  const stopped = performance.now();
  if (signal === 'SIGKILL') {
    // The AppHost itself, wherever it is below dotnet run.
    process.kill(Number(running.find(id => read(`/proc/${id}/cmdline`).split('\0')[0].endsWith('/Taskmaster.AppHost')) ?? host.pid), signal);
  } else {
    process.kill(-host.pid, signal);
  }

  while (family(mark).length > 0) {
    await pause(50);
  }

  return { start: start / 1000, memory, processes: running.length, stop: (performance.now() - stopped) / 1000 };
}

const results = new Map(clones.map(clone => [clone, []]));
for (let i = 0; i < Number(rounds); i++) {
  for (const clone of clones) {
    const result = await round(clone, 'SIGINT');
    results.get(clone).push(result);
    console.log(clone, Object.entries(result).map(([name, value]) => `${name} ${value.toFixed(1)}`).join('  '));
  }
}

for (const clone of clones) {
  const all = results.get(clone);
  const killed = await round(clone, 'SIGKILL');
  console.log(`${clone}: medians of ${rounds}: start ${median(all.map(r => r.start)).toFixed(1)} s, stop ${median(all.map(r => r.stop)).toFixed(1)} s, `
    + `memory ${median(all.map(r => r.memory)).toFixed(0)} MB in ${median(all.map(r => r.processes))} processes; after kill -9 ${killed.stop.toFixed(1)} s`);
}
