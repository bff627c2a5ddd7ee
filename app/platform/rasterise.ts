// SVG text to PNG bytes: the one step of the export that needs a browser. The text must carry its fonts, since a picture
// that is drawn as an image sees nothing of the page.
import { withText } from '../exchange/png.ts';
import { failure, type Result, success } from '../foundation/result.ts';

export interface PngInput {
  readonly svg: string;
  readonly width: number;
  readonly height: number;
  /** Pixels of the PNG for each of the picture. */
  readonly scale: 1 | 2;
  /** What the picture says, for those who do not see it; goes into the file as `Description`. */
  readonly textAlternative: string;
}

/** The PNG file, or why it could not be made. */
export async function rasterise(input: PngInput): Promise<Result<Uint8Array<ArrayBuffer>>> {
  const url = URL.createObjectURL(new Blob([input.svg], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(input.width * input.scale);
    canvas.height = Math.round(input.height * input.scale);
    const context = canvas.getContext('2d');
    if (context === null) return refused(input, 'the browser gave no canvas to draw on');
    context.drawImage(image, 0, 0, canvas.width, canvas.height);
    const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/png'));
    if (blob === null) return refused(input, 'the browser could not write a picture of this size');
    const bytes = new Uint8Array(await blob.arrayBuffer());
    return success(new Uint8Array(withText(bytes, 'Description', input.textAlternative)));
  } catch (error) {
    return refused(input, error instanceof Error ? error.message : String(error));
  } finally {
    URL.revokeObjectURL(url);
  }
}

const refused = (input: PngInput, why: string): Result<never> =>
  failure([
    {
      path: '',
      reason: `The PNG could not be made: ${why}.`,
      repair: input.scale === 2 ? 'Try again at 1x.' : 'Export the SVG instead.',
    },
  ]);
