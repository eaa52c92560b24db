/**
 * Why a mail cannot be sent to an address, though rules take it for one (3-rules.md §8: `x@y.z`). What is usual is let
 * through whatever a standard says: addresses with two dots in a row, or one before the @, were given out by Japan's
 * carriers and are in use.
 */
export type MailFault = 'not ascii' | 'not one address' | 'no such domain' | 'too long';

/** RFC 5321, 4.5.3.1. */
const MOST_BEFORE_AT = 64;
const MOST_IN_ALL = 254;

const PRINTABLE = /^[\x21-\x7e]+$/;
/** Signs that part addresses in a list, or are around one (RFC 5322, specials); no carrier gives them out. */
const OF_A_LIST = /[,;:<>()[\]\\"]/;
const LABEL = /^[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?$/;

export function mailFaultOf(address: string): MailFault | undefined {
  // Mostly full-width letters: a slip of an input method, which no mail system mends.
  if (!PRINTABLE.test(address)) return 'not ascii';
  const [local = '', domain, ...more] = address.split('@');
  if (local === '' || domain === undefined || more.length > 0 || OF_A_LIST.test(address)) return 'not one address';
  if (local.length > MOST_BEFORE_AT || address.length > MOST_IN_ALL) return 'too long';
  return isDomain(domain) ? undefined : 'no such domain';
}

function isDomain(domain: string): boolean {
  const labels = domain.split('.');
  const last = labels.at(-1) ?? '';
  // The last one is never a number: that would be an address of a machine.
  return labels.length > 1 && labels.every((label) => LABEL.test(label)) && /^(?:[A-Za-z]{2,}|xn--.+)$/i.test(last);
}
