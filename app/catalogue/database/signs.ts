// What a database is and does, as one field of the trace for picture and checkers: bits, and above them an error's number.
import type { Context } from '../../simulation/behaviour.ts';
import { DatabaseSign, Field } from '../../simulation/trace.ts';
import type { DatabaseConfig } from './config.ts';
import { isSet } from './semi-sync.ts';
import { type DatabaseState, Receiver } from './state.ts';

export function recordSigns(state: DatabaseState, config: DatabaseConfig, context: Context): void {
  const { channel, semi } = state;
  const { writes, self } = context;
  let signs = (channel.ioError === 0 ? channel.sqlError : channel.ioError) * DatabaseSign.Error;
  if (!state.readOnly) signs |= DatabaseSign.Writable;
  if (channel.source >= 0) signs |= DatabaseSign.Follows;
  if (channel.receiver === Receiver.Connected) signs |= DatabaseSign.Receives;
  if (channel.applies) signs |= DatabaseSign.Applies;
  if (isSet(config)) signs |= DatabaseSign.SemiSet;
  if (semi.on) signs |= DatabaseSign.SemiOn;
  if (state.promoting) signs |= DatabaseSign.Promoting;
  if (writes.recordOf(self) === self) signs |= DatabaseSign.OfRecord;
  context.record(Field.Signs, signs);
}
