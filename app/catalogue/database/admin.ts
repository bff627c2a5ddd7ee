// What a person can tell a database while it runs, as words: its own statements in short. Unknown words change nothing.
import type { Context } from '../../simulation/behaviour.ts';
import { Field } from '../../simulation/trace.ts';
import { applyNext, connect, startChannel, stopReceiver } from './channel.ts';
import type { DatabaseConfig } from './config.ts';
import { promote } from './promotion.ts';
import { endUnderWay } from './semi-sync.ts';
import { type DatabaseState, Receiver } from './state.ts';

/**
 * `promote`, `promote immediate` (the relay log is discarded); `stop receiver`, `stop applier`, `start replication`; `read_only on` or
 * `off`; `follow ID` (`CHANGE MASTER TO` with its own position), `follow ID from_start` (with an empty gtid_slave_pos); `clone ID`
 * (its data are replaced by those of that database, which it then follows).
 */
export function onAdmin(
  state: DatabaseState,
  config: DatabaseConfig,
  words: readonly string[],
  context: Context,
): void {
  const [verb, first = '', second = ''] = words;
  switch (verb) {
    case 'promote':
      promote(state, first === 'immediate', context);
      return;
    case 'stop':
      if (first === 'receiver') stopReceiver(state, context);
      else if (first === 'applier') state.channel.applies = false;
      return;
    case 'start':
      if (first === 'replication') startReplication(state, config, context);
      return;
    case 'read_only':
      state.readOnly = first === 'on';
      return;
    case 'follow':
      follow(state, config, entryOf(state, first, context), second === 'from_start', context);
      return;
    case 'clone':
      clone(state, config, entryOf(state, first, context), context);
      return;
  }
}

const entryOf = (state: DatabaseState, id: string, context: Context): number => {
  const link = [...context.outgoing(), ...context.incoming()].find((one) => one.peerId === id);
  return link === undefined ? -1 : state.shipping.links.indexOf(link.index);
};

function startReplication(state: DatabaseState, config: DatabaseConfig, context: Context): void {
  const { channel } = state;
  if (channel.source < 0) return;
  if (channel.receiver === Receiver.Stopped) connect(state, config, context);
  channel.applies = true;
  channel.sqlError = 0;
  applyNext(state, config, context);
}

function follow(
  state: DatabaseState,
  config: DatabaseConfig,
  entry: number,
  fromStart: boolean,
  context: Context,
): void {
  if (entry < 0 || state.promoting) return;
  stopReceiver(state, context);
  state.readOnly = true;
  state.channel = { ...startChannel(entry, state.channel), fromStart };
  state.version = context.writes.historyOf(context.self).length;
  connect(state, config, context);
}

/** As long as it takes to say so: the time to copy the data is not modelled. */
function clone(state: DatabaseState, config: DatabaseConfig, entry: number, context: Context): void {
  if (entry < 0 || state.promoting) return;
  const source = state.shipping.peers[entry] as number;
  endUnderWay(state, config, context);
  context.cloneLog(source, context.visibleVersion(source));
  follow(state, config, entry, false, context);
  context.record(Field.Version, state.version);
  context.record(Field.Queue, 0);
}
