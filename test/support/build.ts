import { execFileSync } from 'node:child_process';

/** End-to-end tests run what users run: the built program, built from the source at hand. */
export default function build(): void {
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' });
}
