// How strong the faults that are on are: a row each for what can be set, as for the settings of a part. Each change is a
// command at the playhead.
import { actOn } from '../state/actions/lesson.ts';
import { type Measured, measureFault, measureOf } from '../state/actions/measure-fault.ts';
import type { ActiveFault, App } from '../state/app.ts';
import { targetWords } from '../state/truth.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';
import { QuantityField } from '../ui/fields.tsx';

/** Of one element, or with null of all. */
export function FaultMeasures({ of }: { readonly of: string | null }) {
  const app = useApp();
  const faults = useStoreValue(app.playback, (playback) => playback.faults);
  return faults
    .filter((fault) => of === null || fault.target === of)
    .map((fault) => <Measures key={`${fault.kind} ${fault.target}`} app={app} fault={fault} alone={of !== null} />);
}

interface Props {
  readonly app: App;
  readonly fault: ActiveFault;
  /** It stands under the name of its element already. */
  readonly alone: boolean;
}

function Measures({ app, fault, alone }: Props) {
  const design = useStoreValue(app.design, (state) => state.design);
  const command = measureOf(fault);
  if (command === null) return null;
  const set = (measured: Measured): void => actOn(app, measureFault, measured);
  const where = alone || command.type === 'flood' ? '' : `, ${targetWords(design, command.target)}`;
  switch (command.type) {
    case 'slow':
      return (
        <QuantityField
          name={`Slow${where}`}
          unit="count"
          least={1.1}
          most={100}
          value={command.factor}
          sentence="Work that begins from now on takes so many times as long."
          note="begins with 5, 1.1 to 100"
          own
          onChange={(factor) => set({ ...command, factor })}
        />
      );
    case 'degrade':
      return (
        <>
          <QuantityField
            name={`Lossy${where}`}
            unit="percent"
            least={0}
            most={0.95}
            value={command.lossShare}
            sentence="Share of what it carries that is lost. TCP sends it again, later."
            note="begins with 30 %, 0 % to 95 %"
            own
            onChange={(lossShare) => set({ ...command, lossShare })}
          />
          <QuantityField
            name={`Delay${where}`}
            unit="duration"
            least={0}
            most={10_000}
            value={command.delayMs}
            sentence="What everything on it takes longer, one way."
            note="begins with 100 ms, 0 ms to 10 s"
            own
            onChange={(delayMs) => set({ ...command, delayMs })}
          />
        </>
      );
    case 'flood':
      return (
        <QuantityField
          name="Flood"
          unit="rate"
          least={1}
          most={2_000}
          value={command.rateRps}
          sentence="Requests a second that it asks for, beside those of the users."
          note="begins with 10 times the users, 1 /s to 2000 /s"
          own
          onChange={(rateRps) => set({ ...command, rateRps })}
        />
      );
  }
}
