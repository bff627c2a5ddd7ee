// The design as it is at the playhead, exact to the microsecond: what an act changes, even before the view has caught up.
import type { Design } from '../design/design.ts';
import type { App } from './app.ts';
import { designAfter } from './design-at.ts';

export function designNow(app: App): Design {
  const nowUs = app.control.now();
  const commands = app.playback.getState().commands.filter((command) => command.atUs <= nowUs);
  return designAfter(app.design.getState().design, commands);
}
