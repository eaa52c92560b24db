import type { TypedCommand } from '../../../src/cli/completion/command-line.ts';

const CHECK: TypedCommand = {
  name: 'policy check',
  description: "it's checked",
  options: [{ long: '--lang', description: 'ja [or] en', value: { kind: 'words', words: ['ja', 'en'] } }],
  values: [{ kind: 'file' }],
  commands: [],
};
const POLICY: TypedCommand = { name: 'policy', description: 'policies', options: [], values: [], commands: [CHECK] };
const VERIFY: TypedCommand = {
  name: 'verify',
  description: 'checks',
  options: [{ long: '--chain', description: 'all', value: undefined }],
  values: [{ kind: 'folder' }],
  commands: [],
};

/** A program with a command, and one that has another: with a quote and brackets in what they say. */
export const TYPED: TypedCommand = { name: '', description: '', options: [], values: [], commands: [POLICY, VERIFY] };
