import type { TLSSocket } from 'node:tls';
import { alternativeNames } from './alternativeNames.ts';
import type { WebTls } from './webConfig.ts';

const isVerified = (socket: TLSSocket, given: boolean, { clientAuth }: WebTls): boolean => {
  switch (clientAuth) {
    case 'NoClientCert':
    case 'RequestClientCert':
      return true;
    case 'RequireAnyClientCert':
      return given;
    case 'VerifyClientCertIfGiven':
      return !given || socket.authorized;
    case 'RequireAndVerifyClientCert':
      return socket.authorized;
  }
};

/**
 * Why a client's certificate is not good enough, if so; where OpenSSL refuses by itself, none get here that are not. A
 * client without a certificate has no name that is allowed. Sessions that are resumed are looked at like new ones.
 */
export const refusal = (socket: TLSSocket, tls: WebTls): string | undefined => {
  const certificate = socket.getPeerX509Certificate();
  if (!isVerified(socket, certificate !== undefined, tls)) return 'the client’s certificate is missing or not verified';
  if (tls.allowedSans === undefined) return undefined;
  const names = alternativeNames(certificate?.subjectAltName);
  return names.some((name) => tls.allowedSans?.includes(name))
    ? undefined
    : `none of the client’s names is in client_allowed_sans: ${names.join(', ')}`;
};
