// `npm start`: builds the page for production, serves it on the loopback address, and says where.
import { build, preview } from 'vite';

const FIRST_PORT = 4173;

function portFromEnvironment(): number {
  const text = process.env['PORT'];
  if (!text) return FIRST_PORT;
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  console.error(`PORT is "${text}", but must be a whole number from 1 to 65535.`);
  process.exit(1);
}

const port = portFromEnvironment();
await build({ logLevel: 'warn' });
const server = await preview({ preview: { host: '127.0.0.1', port, strictPort: false }, logLevel: 'warn' });
console.log(`Spofcheck is at ${server.resolvedUrls?.local[0]}`);
