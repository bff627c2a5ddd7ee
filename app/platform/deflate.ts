// Text to few bytes and back, by the browser's own raw DEFLATE (RFC 1951). What comes out is bounded: a few bytes from a
// stranger may stand for gigabytes.
import { failure, type Result, success } from '../foundation/result.ts';

/** UTF-8, deflated. */
export async function deflate(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  return new Uint8Array(await new Response(packed).arrayBuffer());
}

/** The text, of at most `mostBytes` bytes; reading stops there. */
export async function inflate(bytes: Uint8Array<ArrayBuffer>, mostBytes: number): Promise<Result<string>> {
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return success(text + decoder.decode());
      size += value.length;
      if (size > mostBytes) {
        reader.cancel().catch(() => undefined);
        return wrong(`It unpacks to more than ${mostBytes} bytes.`);
      }
      text += decoder.decode(value, { stream: true });
    }
  } catch {
    return wrong('It does not unpack.');
  }
}

const wrong = (reason: string): Result<never> =>
  failure([{ path: '', reason, repair: 'Copy the whole link again where it was made.' }]);
