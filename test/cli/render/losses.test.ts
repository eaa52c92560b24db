import { describe, expect, it } from 'vitest';
import { type ColumnMeanings, lossesOf, lossesSentence } from '../../../src/cli/render/losses.ts';
import type { InputFile, Tables } from '../../../src/tables/tables.ts';
import type { UnderstoodColumn } from '../../../src/tables/understood-file.ts';

const MEANINGS: ColumnMeanings = {
  titleOf: (kind) => ({ ja: `種類 ${kind}`, en: `kind ${kind}` }),
  without: (_, column) => ({
    ja: `${column} なしで読む。ほかは同じ。`,
    en: `Read without ${column}. All else is the same.`,
  }),
  costs: (_, column) => column !== 'receipt_no',
};

const column = (name: string, from: 'header' | 'not_in_file'): UnderstoodColumn => ({
  column: name,
  required: false,
  origin: { from, parts: [], when: [], unless: [] },
  examples: [],
});

/** A file of which nothing would be lost, but for what is said. */
function file(more: object): InputFile {
  const understood = { columns: [column('coupon_number', 'header'), column('receipt_no', 'not_in_file')] };
  const rejected = { rows: 0, yen: 0 };
  return {
    kind: 'sales',
    name: 'sales.csv',
    ignoredColumns: [],
    passedOver: {},
    dispositions: { rejected },
    understood,
    ...more,
  } as unknown as InputFile;
}

const sentence = (...files: readonly InputFile[]) => {
  const tables = { files } as Pick<Tables, 'files'>;
  return lossesSentence(lossesOf(tables, MEANINGS), MEANINGS);
};

describe('the sentence', () => {
  it('says that nothing is lost where a column is missing that no rule asks', () => {
    expect(sentence(file({}), file({ passedOver: { total: 3, empty: 1 } }))).toEqual({
      ja: 'このまま run しても、入力から失われるものはありません。',
      en: 'If this were run as it is, nothing of the inputs would be lost.',
    });
  });

  it('adds up the files, with yen', () => {
    const rows = (count: number, yen: number) => file({ dispositions: { rejected: { rows: count, yen } } });
    expect(sentence(rows(999, 5000), rows(1, 0), file({ passedOver: { left_out: 1 } }))).toEqual({
      ja: 'このまま run すると失われるもの: 読めない行 1,000 行(5,000円)、profile が外す行 1 行。',
      en: 'If this were run as it is, this would be lost: 1,000 rows that cannot be read (5,000 yen); 1 row that the profile leaves out.',
    });
  });

  it('counts totals that differ', () => {
    const differing = [1, 2].map((line) => ({ line, column: 'total_yen', statedYen: 2, summedYen: 1 }));
    const one = file({ statedTotals: { compared: 5, differing: differing.slice(0, 1) } });
    expect(sentence(one).en).toContain('what 1 total of the files says beyond the rows');
    expect(sentence(one, file({ statedTotals: { compared: 2, differing } }))).toEqual({
      ja: 'このまま run すると失われるもの: 行の和と合わない合計 3 か所の差。',
      en: 'If this were run as it is, this would be lost: what 3 totals of the files say beyond the rows.',
    });
  });

  it('names three columns that nothing reads, each once', () => {
    const unused = [file({ ignoredColumns: ['備考', '店名'] }), file({ ignoredColumns: ['備考', '税', '行'] })];
    expect(sentence(...unused)).toEqual({
      ja: 'このまま run すると失われるもの: どこにも使わない列 4 列(備考、店名、税、ほか 1 列)。',
      en: 'If this were run as it is, this would be lost: 4 columns that nothing reads (備考, 店名, 税, and 1 more).',
    });
  });

  it('says what a missing column costs, those that count as something where they are empty last', () => {
    const columns = ['other_yen', 'voided', 'coupon_number'].map((name) => column(name, 'not_in_file'));
    expect(sentence(file({ understood: { columns } }), file({ understood: { columns } })).ja).toBe(
      'このまま run すると失われるもの: ファイルにない列 3 列の中身(種類 salesの coupon_number: coupon_number なしで読む、種類 salesの other_yen: other_yen なしで読む、種類 salesの voided: voided なしで読む)。',
    );
    const one = file({ understood: { columns: columns.slice(2) } });
    expect(sentence(one).en).toBe(
      'If this were run as it is, this would be lost: what 1 column would say that is not in the files (coupon_number of kind sales: Read without coupon_number).',
    );
  });
});
