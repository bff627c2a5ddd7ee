// Rows of a form for settings of a program. A value is taken on Enter or when the field is left; a bad one stays in the field,
// is outlined, and its limit is said in place of the default.
import './fields.css';
import { type KeyboardEvent, useId, useState } from 'react';
import { quantityOf, quantityText, type Unit } from './quantity.ts';

interface Described {
  readonly name: string;
  readonly sentence: string;
  /** `default 3, 1 to 10`. */
  readonly note: string;
  /** It differs from the program's default. */
  readonly own: boolean;
}

interface QuantityProps extends Described {
  readonly value: number;
  readonly unit: Unit;
  readonly least: number;
  readonly most: number;
  readonly whole?: boolean;
  readonly onChange: (value: number) => void;
}

export function QuantityField({ name, sentence, note, own, value, unit, least, most, whole, onChange }: QuantityProps) {
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const [bad, setBad] = useState(false);
  const limit = `Give ${quantityText(least, unit)} to ${quantityText(most, unit)}${whole === true ? ', a whole number' : ''}.`;
  const take = (): void => {
    if (draft === null) return;
    const given = quantityOf(draft, unit, value);
    const isBad = given === null || !(given >= least && given <= most) || (whole === true && !Number.isInteger(given));
    setBad(isBad);
    if (isBad) return;
    setDraft(null);
    if (given !== value) onChange(given);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') take();
    if (event.key !== 'Escape' || draft === null) return;
    event.stopPropagation();
    setDraft(null);
    setBad(false);
  };
  return (
    <div className={own ? 'field own' : 'field'}>
      <label htmlFor={id}>{name}</label>
      <input
        id={id}
        value={draft ?? quantityText(value, unit)}
        inputMode="decimal"
        autoComplete="off"
        spellCheck={false}
        aria-invalid={bad}
        aria-describedby={`${id}-note`}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={take}
        onKeyDown={onKeyDown}
      />
      <p>{sentence}</p>
      <small id={`${id}-note`} className={bad ? 'bad' : ''} role={bad ? 'alert' : undefined}>
        {bad ? limit : note}
      </small>
    </div>
  );
}

interface SelectProps extends Described {
  readonly value: string;
  readonly options: readonly string[];
  readonly onChange: (value: string) => void;
}

export function SelectField({ name, sentence, note, own, value, options, onChange }: SelectProps) {
  const id = useId();
  return (
    <div className={own ? 'field own' : 'field'}>
      <label htmlFor={id}>{name}</label>
      <select id={id} value={value} aria-describedby={`${id}-note`} onChange={(event) => onChange(event.target.value)}>
        {options.map((option) => (
          <option key={option}>{option}</option>
        ))}
      </select>
      <p>{sentence}</p>
      <small id={`${id}-note`}>{note}</small>
    </div>
  );
}

interface SwitchProps extends Described {
  readonly value: boolean;
  readonly onChange: (value: boolean) => void;
}

export function SwitchField({ name, sentence, note, own, value, onChange }: SwitchProps) {
  const id = useId();
  return (
    <div className={own ? 'field own' : 'field'}>
      <label htmlFor={id}>{name}</label>
      <input
        id={id}
        type="checkbox"
        checked={value}
        aria-describedby={`${id}-note`}
        onChange={(event) => onChange(event.target.checked)}
      />
      <p>{sentence}</p>
      <small id={`${id}-note`}>{note}</small>
    </div>
  );
}
