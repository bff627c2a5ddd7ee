// What is compared with what: the design that is open at the left; at the right another one, the other mode, the same as it was
// opened, or the same with one setting changed.
import { useId, useState } from 'react';
import { isBuiltIn } from '../designs/built-in.ts';
import { chooseDesign } from '../state/actions/choose-design.ts';
import { compare } from '../state/actions/compare.ts';
import { actOn } from '../state/actions/lesson.ts';
import { type BesideChoice, besideOf } from '../state/beside.ts';
import { type ComparedSetting, comparedBy, comparedSettings, otherMode } from '../state/compared-settings.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';
import { DESIGNS } from './top-bar.tsx';

export function LeadChooser() {
  const app = useApp();
  const id = useStoreValue(app.design, (state) => state.id);
  const name = useStoreValue(app.design, (state) => state.design.name);
  return (
    <select
      className="pick compare-pick"
      aria-label="Design at the left"
      value={id}
      onChange={({ target }) => isBuiltIn(target.value) && chooseDesign.run(app, target.value)}
    >
      {DESIGNS.map((one) => (
        <option key={one.id} value={one.id}>{`${one.number} ${one.name}`}</option>
      ))}
      {id === 'foreign' && <option value="foreign">{name}</option>}
    </select>
  );
}

const SETTING = 'setting';

export function BesideChooser() {
  const app = useApp();
  const lead = useStoreValue(app.design, (state) => state.design);
  const leadId = useStoreValue(app.design, (state) => state.id);
  const choice = useStoreValue(besideOf(app), (state) => state.choice);
  const isChanged = useStoreValue(app.history, ({ done }) =>
    done.some((act) => act.commands.some((command) => command.type === 'reconfigure')),
  );
  const [asked, setAsked] = useState(false);
  const mode = otherMode(lead);
  const settings = comparedSettings(lead);
  const isMode = choice?.type === 'changed' && mode?.type === 'changed' && choice.words === mode.words;
  const isSetting = asked || (choice?.type === 'changed' && !isMode);
  const value = isSetting ? SETTING : choice?.type === 'design' ? choice.id : isMode ? 'mode' : (choice?.type ?? '');
  const choose = (wanted: string): void => {
    setAsked(wanted === SETTING);
    const chosen = chosenBy(wanted, mode, settings);
    if (chosen !== null) actOn(app, compare, chosen);
  };
  return (
    <>
      <select
        className="pick compare-pick"
        aria-label="Design at the right"
        value={value}
        onChange={({ target }) => choose(target.value)}
      >
        {DESIGNS.filter((one) => one.id !== leadId).map((one) => (
          <option key={one.id} value={one.id}>{`${one.number} ${one.name}`}</option>
        ))}
        {mode?.type === 'changed' && <option value="mode">{`The same, ${mode.words}`}</option>}
        {(isChanged || value === 'as-opened') && <option value="as-opened">The same, as it was opened</option>}
        {settings.length > 0 && <option value={SETTING}>The same, one setting changed</option>}
      </select>
      {isSetting && <SettingFields settings={settings} />}
    </>
  );
}

function chosenBy(
  wanted: string,
  mode: BesideChoice | null,
  settings: readonly ComparedSetting[],
): BesideChoice | null {
  if (isBuiltIn(wanted)) return { type: 'design', id: wanted };
  if (wanted === 'mode') return mode;
  if (wanted === 'as-opened') return { type: 'as-opened' };
  const [first] = settings;
  return first === undefined ? null : changedTo(first, otherThan(first));
}

const changedTo = (setting: ComparedSetting, value: number): BesideChoice => ({
  type: 'changed',
  changes: setting.changes(value),
  words: `${setting.label.split(',')[0]} ${value} in place of ${setting.value}`,
});

function SettingFields({ settings }: { readonly settings: readonly ComparedSetting[] }) {
  const app = useApp();
  const note = useId();
  const chosen = useStoreValue(besideOf(app), (state) => state.choice);
  // What is being written while it is no number that the setting can have.
  const [draft, setDraft] = useState<string | null>(null);
  const compared = comparedBy(chosen, settings);
  const setting = compared?.setting ?? settings[0];
  if (setting === undefined) return null;
  const text = draft ?? String(compared?.value ?? otherThan(setting));
  const isGood = isValue(setting, text);
  const change = (one: ComparedSetting, words: string): void => {
    setDraft(isValue(one, words) ? null : words);
    if (isValue(one, words)) actOn(app, compare, changedTo(one, Number(words)));
  };
  return (
    <span className="compare-setting">
      <select
        className="pick"
        aria-label="Setting"
        value={setting.id}
        onChange={({ target }) => {
          const one = settings.find((candidate) => candidate.id === target.value);
          if (one !== undefined) change(one, String(otherThan(one)));
        }}
      >
        {settings.map((one) => (
          <option key={one.id} value={one.id}>
            {one.label}
          </option>
        ))}
      </select>
      <input
        inputMode="numeric"
        aria-label={`${setting.label} at the right`}
        aria-describedby={note}
        aria-invalid={!isGood}
        value={text}
        onChange={({ target }) => change(setting, target.value.trim())}
      />
      <small id={note}>
        {isGood ? `left: ${setting.value}` : `Give a whole number from ${setting.least} to ${setting.most}.`}
      </small>
    </span>
  );
}

const otherThan = ({ value, least }: ComparedSetting): number => (value > least ? value - 1 : value + 1);

const isValue = ({ least, most }: ComparedSetting, text: string): boolean =>
  /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most;
