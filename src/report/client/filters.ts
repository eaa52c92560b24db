import type { Text } from '../../base/text.ts';
import { ALL, type Sought } from '../table/filter.ts';
import { placeOf } from './elements.ts';
import { shownLanguage } from './languages.ts';

/** A word that can be chosen; how many coupons it has. */
export interface Choice {
  readonly word: string;
  readonly name: Text;
}

export type Choices = Readonly<Record<'status' | 'ground' | 'reason' | 'route', readonly Choice[]>>;

const SELECTS = ['status', 'ground', 'reason', 'route'] as const;
const INPUTS = ['number', 'shop'] as const;

const selectOf = (name: string): HTMLSelectElement => placeOf(`coupons-${name}`, HTMLSelectElement);
const inputOf = (name: string): HTMLInputElement => placeOf(`coupons-${name}`, HTMLInputElement);

/** What is chosen and typed. */
export function soughtNow(): Sought {
  const given = [
    ...SELECTS.map((name) => [name, selectOf(name).value] as const),
    ...INPUTS.map((name) => [name, inputOf(name).value] as const),
  ];
  return { ...ALL, ...Object.fromEntries(given) };
}

/** Shows what a link has asked for. A word that none of the coupons has can be sought, too: nothing is found then. */
export function showSought(sought: Sought): void {
  for (const name of SELECTS) {
    const select = selectOf(name);
    const word = sought[name];
    if (![...select.options].some(({ value }) => value === word)) select.add(new Option(word, word));
    select.value = word;
  }
  for (const name of INPUTS) inputOf(name).value = sought[name];
}

/** An option has room for one language: all are written anew when the page changes to the other. */
export function writeChoices(choices: Choices): void {
  const language = shownLanguage();
  for (const name of SELECTS) {
    const select = selectOf(name);
    const chosen = select.value;
    const options = choices[name].map(({ word, name: shown }) => new Option(shown[language], word));
    select.replaceChildren(new Option(language === 'ja' ? 'すべて' : 'all', ''), ...options);
    select.value = chosen;
  }
}

/** @param told whenever something is typed or chosen */
export function watchFilters(told: () => void): void {
  for (const name of SELECTS) selectOf(name).addEventListener('change', told);
  for (const name of INPUTS) inputOf(name).addEventListener('input', told);
}
