// What became of the writes at the playhead, by name. The engine is asked only when the counts of the trace say that the answer is
// another one, and one question at a time.
import { useEffect, useState } from 'react';
import type { Micros } from '../foundation/micros.ts';
import type { Copy, WriteLedger } from '../simulation/write-ledger.ts';
import type { App } from '../state/app.ts';
import { writeNews } from '../state/database-facts.ts';
import { useApp } from '../ui/app-context.tsx';

export interface ToldWrites {
  readonly ledger: WriteLedger;
  readonly atUs: Micros;
}

/** A write whose holders are wanted, from when it had ended on; with null for the copy where none is known. */
export interface WantedWrite {
  readonly copy: Copy | null;
  readonly fromUs: Micros;
}

/** Null while there is nothing to tell, or no answer yet. */
export function useLedger(wanted: WantedWrite | null = null): ToldWrites | null {
  const app = useApp();
  const [told, setTold] = useState<ToldWrites | null>(null);
  const fromUs = wanted?.fromUs ?? -1;
  const { epoch, position } = wanted?.copy ?? { epoch: -1, position: 0 };
  useEffect(() => {
    let isOpen = true;
    let isAsking = false;
    let asked = '';
    const look = (): void => {
      const { view, commands } = app.playback.getState();
      if (isAsking || view === null) return;
      const atUs = Math.max(view.nowUs, fromUs);
      const news = newsAt(app, atUs, fromUs >= 0);
      if (news === null || (news === '' && fromUs < 0)) {
        asked = '';
        setTold(null);
        return;
      }
      const question = `${news} ${commands.length} ${commands.at(-1)?.atUs}`;
      if (question === asked) return;
      [isAsking, asked] = [true, question];
      app.control.writesAt(atUs, epoch < 0 ? null : { epoch, position }).then((ledger) => {
        isAsking = false;
        if (!isOpen) return;
        if (ledger === null) asked = '';
        else setTold({ ledger, atUs });
        look();
      });
    };
    look();
    const stop = app.playback.subscribe(look);
    return () => {
      isOpen = false;
      stop();
    };
  }, [app, epoch, position, fromUs]);
  return told;
}

/** Null where that instant is not at hand. */
function newsAt(app: App, atUs: Micros, isAsked: boolean): string | null {
  const { design } = app.design.getState();
  return writeNews(app.frame.window, design, atUs, isAsked);
}
