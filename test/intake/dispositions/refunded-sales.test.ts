import { describe, expect, it } from 'vitest';
import { refundNight as night } from '../../support/refund-night.ts';

describe('a refund that names a sale', () => {
  it('takes it out with itself, where it is all of it: the shop is asked, for both payments stand without a sale', async () => {
    const { rows, tables } = await night('R1,M1,21:00,-1000,-1000,0,S2');
    expect(rows('eligibility.csv').map(({ grounds, reasons }) => grounds || reasons)).toEqual([
      'B2',
      'NO_SALE_RECORDED',
    ]);
    expect(rows('rejects.csv')).toEqual([]);
    const [file] = tables.files.filter(({ kind }) => kind === 'sales');
    expect(file?.dispositions).toMatchObject({ accepted: { rows: 2, yen: 1800 }, refund: { rows: 2, yen: 2000 } });
  });

  it.each([
    ['of part of it', 'R1,M1,21:00,-400,-400,0,S2'],
    ['that is not there', 'R1,M1,21:00,-1000,-1000,0,S9'],
    ['that came later', 'R1,M1,19:30,-1000,-1000,0,S2'],
    ['of another shop', 'R1,M2,21:00,-1000,-1000,0,S2'],
  ])('%s is a question', async (_, row) => {
    expect((await night(row)).rows('rejects.csv')).toMatchObject([{ code: 'REFUND' }]);
  });

  it('that was given back before is a question the second time', async () => {
    const { rows } = await night('R1,M1,21:00,-1000,-1000,0,S2', 'R2,M1,21:01,-1000,-1000,0,S2');
    expect(rows('rejects.csv')).toMatchObject([{ line: '6', code: 'REFUND' }]);
  });
});
