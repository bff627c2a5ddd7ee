// Takes the picture of this moment away, as PNG at one or two pixels each, or as SVG.
import { defineAction } from './action.ts';

export interface ExportWish {
  readonly format: 'png' | 'svg';
  readonly scale: 1 | 2;
}

export const exportPicture = defineAction<ExportWish>({
  id: 'export',
  label: 'Export the picture',
  refusal: (app) => (app.playback.getState().view === null ? 'There is nothing to draw yet.' : null),
  perform: (app, { format, scale }) => {
    app.control.exportAs(format, scale).catch(() => {
      app.hand.setState({ refusal: `The ${format.toUpperCase()} could not be made. Try again.` });
    });
  },
});
