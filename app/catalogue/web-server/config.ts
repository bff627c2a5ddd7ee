// Settings of the web server (nginx): it serves its own files and passes the rest to the application server.
import * as v from 'valibot';

const ms = (least: number, most: number) => v.pipe(v.number(), v.minValue(least), v.maxValue(most));

export const webServerSchema = v.object({
  workerConnections: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(1_000_000)),
  /** Time to read a request and pass it on. */
  parseMs: ms(0, 60_000),
  /** Time to serve a file of its own. */
  staticMs: ms(0, 60_000),
  proxyConnectTimeoutMs: ms(1, 3_600_000),
  proxyReadTimeoutMs: ms(1, 3_600_000),
});

export type WebServerConfig = v.InferOutput<typeof webServerSchema>;
