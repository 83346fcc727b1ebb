import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createSecureServer } from 'node:https';
import type { TLSSocket } from 'node:tls';
import type { Log } from '../model/log.ts';
import { type Answer, answer, plain, type Served } from './answer.ts';
import { type BasicAuth, createBasicAuth } from './basicAuth.ts';
import type { Connections } from './connections.ts';
import { holderOf } from './holderOf.ts';
import type { Limits } from './limits.ts';
import { createPipelineLimit } from './pipelineLimit.ts';
import { createRateLimit } from './rateLimit.ts';
import { refusal } from './refusal.ts';
import { send } from './send.ts';
import type { WebConfig, WebTls } from './webConfig.ts';

export interface ExporterOptions extends Served {
  web: WebConfig;
  limits: Limits;
  /** Is told what is asked on which. */
  connections: Connections;
  log: Log;
}

/** Answers requests on connections that others accept. */
export interface Exporter {
  /** Takes connections by its `connection` event; never listens itself. */
  server: Server;
  /** Ends each connection once what is asked on it is answered. */
  retire(): void;
}

const challenge = { 'www-authenticate': 'Basic realm="virt-audit", charset="UTF-8"' };

/** The answer to one request, once it is known that it is not one too many, and who asks. */
const answerTo = async (
  request: IncomingMessage,
  options: ExporterOptions,
  auth: BasicAuth,
  rateLimit: () => number,
): Promise<Answer> => {
  // First, as in exporter-toolkit: to check a password costs more than any answer.
  const wait = rateLimit();
  if (wait > 0) return plain(429, 'Too many requests.', { 'retry-after': String(Math.ceil(wait / 1000)) });
  switch (await auth(request.headers.authorization, holderOf(request.socket.remoteAddress))) {
    case 'denied':
      return plain(401, 'Unauthorized.', challenge);
    case 'busy':
      return plain(503, 'Too many passwords wait to be checked.', { 'retry-after': '1' });
    case 'granted':
      return answer(request, options);
  }
};

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

const createSecure = (tls: WebTls, settings: object, log: Log, handler: Handler): Server => {
  const server = createSecureServer(
    {
      ...settings,
      ...tls.context,
      requestCert: tls.clientAuth !== 'NoClientCert',
      rejectUnauthorized: tls.clientAuth === 'RequireAndVerifyClientCert',
    },
    handler,
  );
  server.prependListener('connection', () => {
    const renewed = tls.renewed();
    if (renewed !== undefined) server.setSecureContext(renewed);
  });
  server.prependListener('secureConnection', (socket: TLSSocket) => {
    const reason = refusal(socket, tls);
    if (reason === undefined) return;
    log.debug('TLS client refused', { reason });
    socket.destroy();
  });
  server.on('tlsClientError', (error, socket) => {
    log.debug('TLS handshake failed', { reason: error.message });
    socket.destroy();
  });
  return server;
};

/** The exporter's HTTP or HTTPS server. */
export const createExporter = (options: ExporterOptions): Exporter => {
  const { web, limits, log } = options;
  const auth = createBasicAuth(web.users);
  const rateLimit = web.rateLimit === undefined ? () => 0 : createRateLimit(web.rateLimit, options.now);
  const mayAnswer = createPipelineLimit(limits.pipelined);
  let retired = false;
  const handler: Handler = (request, response) => {
    if (!mayAnswer(request, response)) return;
    options.connections.asked(request.socket, response);
    const more = { ...web.headers, ...(retired ? { connection: 'close' } : {}) };
    answerTo(request, options, auth, rateLimit)
      .then((result) => send(request, response, result, more))
      .catch(async (error: Error) => {
        log.error('this is a bug in virt-audit, please report it', { stack: error.stack ?? error.message });
        if (response.headersSent) response.destroy();
        else await send(request, response, plain(500, 'This is a bug in virt-audit; its log says more.'), more);
      });
  };
  const settings = {
    maxHeaderSize: limits.headerSize,
    headersTimeout: limits.request,
    requestTimeout: limits.request,
    handshakeTimeout: limits.request,
    keepAliveTimeout: limits.keepAlive,
    connectionsCheckingInterval: Math.min(limits.request / 4, 1000),
  };
  const server =
    web.tls === undefined ? createServer(settings, handler) : createSecure(web.tls, settings, log, handler);
  server.timeout = limits.silence;
  // Who has asked and ends its own side waits for the answer all the same: `nc -N`, checks of load balancers. Node, from 20 to
  // 26, has the property and does not document it; without it such a client's answer is dropped while an audit goes on.
  Object.assign(server, { httpAllowHalfOpen: true });
  // Where Node begins to hold connections to the limits; this server is given them and never listens.
  server.emit('listening');
  return {
    server,
    retire: () => {
      retired = true;
      server.closeIdleConnections();
      const end = () => {
        server.closeAllConnections();
        server.close();
      };
      setTimeout(end, limits.silence).unref();
    },
  };
};
