import parsePhoneNumber, { type PhoneNumber } from 'libphonenumber-js/max';
import type { PHONE_FORMS } from './provider.ts';

type PhoneForm = (typeof PHONE_FORMS)[number];

/**
 * Why no text message can reach a number, though rules take it for a mobile one (3-rules.md §8: 0[6-9]0 and 8 digits).
 * `free of charge`: a number that the called pays for, as 0800 is. `not assigned`: Japan's plan gives no subscriber such
 * a number: too short, too long, or a zero behind the prefix.
 */
export type PhoneFault = 'not assigned' | 'free of charge' | 'no mobile number';

/** By the metadata of libphonenumber: only its largest set tells mobile numbers, and counts their digits. */
export function phoneFaultOf(national: string): PhoneFault | undefined {
  const phone = parsePhoneNumber(national, 'JP');
  if (phone === undefined || phone.country !== 'JP' || !phone.isValid()) return 'not assigned';
  switch (phone.getType()) {
    case 'MOBILE':
      return undefined;
    case 'TOLL_FREE':
      return 'free of charge';
    default:
      return 'no mobile number';
  }
}

const WRITTEN: Readonly<Record<PhoneForm, (phone: PhoneNumber) => string>> = {
  digits: (phone) => `0${phone.nationalNumber}`,
  hyphens: (phone) => phone.formatNational(),
  international: (phone) => phone.number,
};

/** A number without a fault, as a provider wants it: `09012345678`, `090-1234-5678`, `+819012345678`. */
export function writtenPhone(national: string, form: PhoneForm): string {
  const phone = parsePhoneNumber(national, 'JP');
  if (phone === undefined) throw new Error('a number that is none is to be written');
  return WRITTEN[form](phone);
}
