import { execFileSync } from 'node:child_process';

/** PATH…: what floor.ts does, by `sha256sum` and `wc -l`. */
const paths = process.argv.slice(2);
const shell = (script: string): string =>
  execFileSync('sh', ['-c', script, 'sh', ...paths], { encoding: 'utf8', maxBuffer: 1 << 20 });
shell('sha256sum "$@" >/dev/null');
const compressed = paths.some((path) => path.endsWith('.gz'));
process.stdout.write(shell(compressed ? 'gzip -dc "$@" | wc -l' : 'cat "$@" | wc -l'));
