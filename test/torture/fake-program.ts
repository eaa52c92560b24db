import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * A program that writes runs as ours promises to, in some lines; and the same with a fault planted, for judges to find.
 */
const SOUND = `
import fs from 'node:fs';
import path from 'node:path';
const words = process.argv.slice(2);
const after = (option) => words[words.indexOf(option) + 1];
const target = words[0] === 'verify' ? words[1] : after('--out').replace('{date}', after('--as-of'));
const parent = path.dirname(target);
const hidden = (ending) => path.join(parent, '.' + path.basename(target) + ending);
fs.mkdirSync(parent, { recursive: true });
const recover = () => {
  fs.rmSync(hidden('.partial'), { recursive: true, force: true });
  if (!fs.existsSync(hidden('.old'))) return;
  if (fs.existsSync(target)) fs.rmSync(hidden('.old'), { recursive: true, force: true });
  else fs.renameSync(hidden('.old'), target);
};
recover(); // RECOVER
if (words[0] === 'verify' && !fs.existsSync(path.join(target, 'SHA256SUMS'))) {
  console.error('no run');
  process.exit(3);
}
if (words[0] === 'verify') process.exit(0);
fs.writeFileSync(hidden('.lock'), '{}');
fs.mkdirSync(hidden('.partial'));
fs.writeFileSync(path.join(hidden('.partial'), 'SHA256SUMS'), after('--as-of'));
if (fs.existsSync(target)) fs.renameSync(target, hidden('.old'));
fs.renameSync(hidden('.partial'), target);
fs.rmSync(hidden('.old'), { recursive: true, force: true });
fs.rmSync(hidden('.lock')); // UNLOCK
`;

const FAULTS = {
  none: (script: string) => script,
  'a run moved aside stays there': (script: string) => script.replace('recover(); // RECOVER', ''),
  'its lock stays': (script: string) => script.replace("fs.rmSync(hidden('.lock')); // UNLOCK", ''),
} as const;
export type Fault = keyof typeof FAULTS;

/** Writes it into a folder. Returns its path. */
export function fakeProgram(folder: string, fault: Fault): string {
  const path = join(folder, `${fault.replaceAll(' ', '-')}.mjs`);
  writeFileSync(path, FAULTS[fault](SOUND));
  return path;
}
