// Rows of a form for what a part states about its protection: a choice that begins with "not stated". They change no run, and say so.
import type { ReactNode } from 'react';
import { SelectField } from './fields.tsx';

interface Props<Value> {
  readonly name: string;
  readonly value: Value | undefined;
  /** What can be stated, as people read it and as the settings hold it. */
  readonly options: readonly (readonly [string, Value])[];
  readonly sentence: string;
  /** `default off`. */
  readonly note: string;
  readonly onChange: (value: Value | undefined) => void;
}

const NOT_STATED = 'not stated';

/** A value that is none of the options, as one from a file, stands as itself. */
export function StatedField<Value>({ name, value, options, sentence, note, onChange }: Props<Value>) {
  const known = options.find(([, option]) => isSame(option, value));
  const own = value === undefined || known !== undefined ? [] : [[String(value), value] as const];
  const all = [...options, ...own];
  const shown = value === undefined ? NOT_STATED : (all.find(([, option]) => isSame(option, value))?.[0] ?? NOT_STATED);
  return (
    <SelectField
      name={name}
      value={shown}
      options={[NOT_STATED, ...all.map(([label]) => label)]}
      sentence={`${sentence} It changes no run, only the issues.`}
      note={note}
      own={value !== undefined}
      onChange={(label) => onChange(all.find(([one]) => one === label)?.[1])}
    />
  );
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

export const ON_OFF = [
  ['on', true],
  ['off', false],
] as const;

/** Folded, since a reader of the run does not need them; a summary says what they are for. */
export const StatedGroup = ({ children }: { readonly children: ReactNode }) => (
  <details className="stated">
    <summary>Protection, for the issues</summary>
    {children}
  </details>
);
