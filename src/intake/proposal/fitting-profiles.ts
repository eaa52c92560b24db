import { INPUT_KINDS, type InputKind } from '../../tables/tables.ts';
import { headersNamed } from '../mapping/mapping-schema.ts';
import { comparedHeader } from '../schema/header.ts';
import { type InputProfile, mappingOf, type Profile } from '../schema/profile.ts';
import type { FoundTable } from './found-table.ts';

export interface NamedProfile {
  readonly name: string;
  readonly profile: Profile;
}

/** Fewer headers that are there tell no layout. */
const LEAST_HEADERS = 4;

/** Profiles all of whose headers a table has, for one kind at least; the one that names most of them first. */
export const fittingProfiles = (table: FoundTable, profiles: readonly NamedProfile[]): readonly NamedProfile[] =>
  profiles
    .map((named) => ({
      named,
      headers: Math.max(0, ...kindsOfProfile(named).map((kind) => fittingHeaders(table, named, kind))),
    }))
    .filter(({ headers }) => headers >= LEAST_HEADERS)
    .sort((a, b) => b.headers - a.headers)
    .map(({ named }) => named);

/** What a table is that a profile reads as several kinds: a log where its column of coupons holds numbers of them, else none. */
export function kindsFitting({ columns }: FoundTable, named: NamedProfile): readonly InputKind[] {
  const kinds = kindsOfProfile(named);
  const coupon = mappingOf(named.profile.inputs.transactions as InputProfile | undefined)?.columns?.coupon_number;
  if (kinds.length < 2 || typeof coupon !== 'string') return kinds;
  const facts = columns.find(({ header }) => header === comparedHeader(coupon))?.facts;
  const isLog = facts !== undefined && facts.longNumbers >= MOST;
  return kinds.filter((kind) => (kind === 'transactions') === isLog);
}
const MOST = 0.5;

export const kindsOfProfile = ({ profile }: NamedProfile): readonly InputKind[] =>
  INPUT_KINDS.filter((kind) => profile.inputs[kind] !== undefined);

/** How many headers an input of a profile names, if the table has all of them; else 0. */
function fittingHeaders({ columns }: FoundTable, { profile }: NamedProfile, kind: InputKind): number {
  const input = profile.inputs[kind] as InputProfile;
  const named = [...headersNamed(mappingOf(input) ?? {}), ...Object.keys(input.headers ?? {})].map(comparedHeader);
  const found = new Set(columns.map(({ header }) => header));
  return named.every((header) => found.has(header)) ? new Set(named).size : 0;
}
