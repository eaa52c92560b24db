import { describe, expect, it } from 'vitest';
import { zshCompletion } from '../../../src/cli/completion/zsh.ts';
import { TYPED } from './typed-commands.ts';

const lines = zshCompletion('tool', TYPED).split('\n');

describe('a script for zsh', () => {
  it('is a file of fpath', () => {
    expect(lines[0]).toBe('#compdef tool');
  });

  it('has a function for each command, which the one before it calls by its name', () => {
    expect(lines).toContain('        policy) _tool_policy ;;');
    expect(lines).toContain('        check) _tool_policy_check ;;');
    expect(lines.some((line) => line.startsWith('_tool_policy_check() {'))).toBe(true);
  });

  it('quotes for the shell, and brackets for _arguments', () => {
    const check = lines.find((line) => line.startsWith('_tool_policy_check'));
    expect(check).toContain("'*--lang[ja \\[or\\] en]: :(ja en)'");
    expect(lines).toContain("    'check:it'\\''s checked'");
  });

  it('offers folders, files and nothing where each is asked for', () => {
    expect(lines).toContain("_tool_verify() { _arguments '*--chain[all]' '*: :_files -/'; }");
    expect(lines.find((line) => line.startsWith('_tool_policy_check'))).toContain("'*: :_files'");
  });
});
