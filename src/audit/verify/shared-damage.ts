import { basename } from 'node:path';
import { type Text, text } from '../../base/text.ts';
import type { Night } from './night.ts';

/**
 * Nights keep an input once for all of them: an archived file that was damaged is told with every night that has it, for one
 * byte of it concerns them all, and a night with a copy of its own may still have it whole.
 */
export function sharedDamage(nights: readonly Night[]): readonly Text[] {
  const files = new Map(nights.flatMap(({ damagedInputs }) => damagedInputs.map(({ file, input }) => [file, input])));
  return [...files].flatMap(([file, input]) => toldOf(file, input, nights));
}

function toldOf(file: string, input: string, nights: readonly Night[]): readonly Text[] {
  const having = nights.flatMap(({ folder, run, damagedInputs }) => {
    const entry = run.entries.find(({ name, kind }) => name === file && kind === 'file');
    if (entry === undefined) return [];
    const isDamaged = damagedInputs.some((each) => each.file === file);
    return [{ night: basename(folder), inode: entry.inode, isDamaged }];
  });
  const damaged = having.filter(({ isDamaged }) => isDamaged);
  const whole = having.filter(({ isDamaged }) => !isDamaged).map(({ night }) => night);
  const inodes = [...new Set(damaged.map(({ inode }) => inode))];
  const groups = inodes.map((inode) => damaged.filter((each) => each.inode === inode).map(({ night }) => night));
  const shared = groups.filter((group) => group.length > 1);
  const copies = groups.length > 1 || whole.length > 0;
  if (shared.length === 0 && !copies) return [];
  return [
    ...shared.map((group) =>
      text(
        `${file}(入力 ${input})は ${group.join('、')} が共有する一つのファイルで、そのすべてで壊れている`,
        `${file} (the input ${input}) is one file that ${group.join(', ')} share: it is damaged in all of them`,
      ),
    ),
    ...(whole.length === 0
      ? []
      : [
          text(
            `${file}(入力 ${input})は ${whole.join('、')} には壊れていない別の写しがあり、戻せる`,
            `${file} (the input ${input}) is whole in ${whole.join(', ')}, which has a copy of its own: restore it from there`,
          ),
        ]),
    ...(groups.length > 1
      ? [
          text(
            `${file}(入力 ${input})は別々の写しも壊れている: ${groups.flat().join('、')}`,
            `${file} (the input ${input}) is damaged in separate copies, too: ${groups.flat().join(', ')}`,
          ),
        ]
      : []),
  ];
}
