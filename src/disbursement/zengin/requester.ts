import * as z from 'zod';
import { zenginText } from './kana.ts';
import { TYPE_CODE } from './layout.ts';
import type { PayingAccount } from './transfer.ts';

const digits = (length: number) =>
  z.string().regex(new RegExp(`^\\d{${length}}$`), `${length} 桁の数字にしてください / must be ${length} digits`);

/** A name in kana of any width, as long as it fits in what bank files have for it. */
const kana = (most: number) =>
  z.string().superRefine((written, context) => {
    const name = zenginText(written);
    if ('refused' in name) {
      for (const { place, what } of name.refused)
        context.addIssue(
          `${place} 文字目: ${what.ja}。カナで書いてください / character ${place}: ${what.en}; write kana`,
        );
    } else if (name.text === '') context.addIssue('空にはできません / must not be empty');
    else if (name.text.length > most)
      context.addIssue(
        `半角で ${name.text.length} 文字(濁点も 1 文字)。${most} 文字までです / has ${name.text.length} half-width signs, voicing marks included; at most ${most}`,
      );
  });

/** The file of `--requester`: who pays, as the bank has it in its contract with the office. */
export const requesterSchema = z.strictObject({
  typeCode: z.literal(TYPE_CODE).default(TYPE_CODE).describe('種別コード: 21, 総合振込 (transfers)'),
  requesterCode: digits(10).describe('委託者コード: ten digits'),
  requesterName: kana(40).describe('委託者名: kana, at most 40 half-width signs'),
  bankCode: digits(4).describe('仕向銀行番号: four digits'),
  bankName: kana(15).describe('仕向銀行名: kana, at most 15 half-width signs'),
  branchCode: digits(3).describe('仕向支店番号: three digits'),
  branchName: kana(15).describe('仕向支店名: kana, at most 15 half-width signs'),
  accountType: z.enum(['1', '2', '9']).describe('預金種目: 1 普通 (savings), 2 当座 (current), 9 その他 (another)'),
  accountNumber: z
    .string()
    .regex(/^\d{1,7}$/, '1 から 7 桁の数字にしてください / must be one to seven digits')
    .describe('口座番号: one to seven digits'),
});
export type RequesterFile = z.infer<typeof requesterSchema>;

/** Of a file that is of its schema. */
export function payingAccountOf(file: RequesterFile): PayingAccount {
  return {
    requesterCode: file.requesterCode,
    requesterName: nameOf(file.requesterName),
    bankCode: file.bankCode,
    bankName: nameOf(file.bankName),
    branchCode: file.branchCode,
    branchName: nameOf(file.branchName),
    accountType: file.accountType,
    accountNumber: file.accountNumber.padStart(7, '0'),
  };
}

function nameOf(written: string): string {
  const name = zenginText(written);
  if ('refused' in name) throw new Error('a name that the schema lets through');
  return name.text;
}
