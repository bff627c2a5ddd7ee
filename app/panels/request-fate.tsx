// What has become of one write by now: where it is stored, whether it is lost, whether it was stored although it failed.
import './request-fate.css';
import type { Micros } from '../foundation/micros.ts';
import type { RequestView } from '../state/request-view.ts';
import { fateOf } from '../state/write-words.ts';
import { useApp, useStoreValue } from '../ui/app-context.tsx';
import { useLedger } from './use-ledger.ts';

interface Props {
  readonly write: NonNullable<RequestView['write']>;
  /** When the request ended, or how far it was followed. */
  readonly fromUs: Micros;
}

export function RequestFate({ write, fromUs }: Props) {
  const app = useApp();
  const design = useStoreValue(app.design, (state) => state.design);
  const told = useLedger({ copy: write.copy, fromUs });
  if (told === null) return null;
  return <p className="request-fate">{fateOf(design, write, told.ledger, told.atUs)}</p>;
}
