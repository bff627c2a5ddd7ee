// A server behind the real HAProxy that does as it is told: answers after the time that a request asks for, dies (its port
// refuses, its connections are reset), hangs (the kernel accepts, nobody answers) and comes back.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';

export class ScriptedBackend {
  readonly name: string;
  port = 0;
  private server: Server | null = null;
  private readonly sockets = new Set<Socket>();
  private held: (() => void)[] | null = null;

  constructor(name: string) {
    this.name = name;
  }

  async listen(): Promise<void> {
    const server = createServer((request, response) => this.take(request, response));
    server.keepAliveTimeout = 1;
    server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => this.sockets.delete(socket));
    });
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(this.port, '127.0.0.1', 4096, resolve);
    });
    this.port = (server.address() as AddressInfo).port;
    this.server = server;
  }

  kill(): void {
    this.server?.close();
    this.server = null;
    this.held = null;
    for (const socket of this.sockets) socket.resetAndDestroy();
  }

  hang(): void {
    this.held ??= [];
  }

  goOn(): void {
    const held = this.held ?? [];
    this.held = null;
    for (const answer of held) answer();
  }

  /** The answer says what it really took: timers are late on a busy machine. */
  private take(request: IncomingMessage, response: ServerResponse): void {
    const answer = () => {
      const serviceMs = Number(request.headers['x-service-ms'] ?? 0);
      const beganMs = performance.now();
      const end = () => this.send(response, serviceMs > 0 ? performance.now() - beganMs : 0);
      if (serviceMs > 0) setTimeout(end, serviceMs);
      else end();
    };
    if (this.held === null) answer();
    else this.held.push(answer);
  }

  private send(response: ServerResponse, tookMs: number): void {
    if (response.destroyed) return;
    if (this.held !== null) {
      this.held.push(() => this.send(response, tookMs));
      return;
    }
    response.writeHead(200, { 'X-Server': this.name, 'X-Took-Ms': tookMs.toFixed(1), Connection: 'close' });
    response.end('ok\n');
  }
}
