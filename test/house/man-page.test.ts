import { describe, expect, it } from 'vitest';
import { manPage } from '../../tools/man-page.ts';
import { helpOf, programIn } from '../support/program-called.ts';

describe.each(['ja', 'en'] as const)('the manual page (%s)', (language) => {
  it('says of each command what its help says', async () => {
    const page = (await manPage(language)).replaceAll('\\-', '-').replaceAll('\\&', '').replaceAll('\\e', '\\');
    const names = (await programIn(language)).commands.map((command) => command.name());
    expect(names).toContain('explain');
    for (const name of names) {
      const command = (await programIn(language, name)).commands.find((each) => each.name() === name);
      for (const option of command?.options ?? []) {
        if (option.hidden) continue;
        expect(page).toContain(command?.createHelp().optionTerm(option));
        expect(page).toContain(option.description);
      }
      const help = command === undefined ? '' : helpOf(command, 1000);
      const examples = /^(?:例|Examples):[\s\S]*/m.exec(help)?.[0].trim();
      if (examples !== undefined) expect(page).toContain(examples);
    }
  });

  it('holds no line that is taken for a request and is none', async () => {
    const requests = (await manPage(language)).split('\n').filter((line) => /^[.']/.test(line));
    for (const line of requests) expect(line).toMatch(/^\.(TH|SH|SS|TP|PP|B|I|ad|nf|fi)( |$)/);
  });
});
