/**
 * Whether the code of a failed request says that the server's certificate does not hold. The names are OpenSSL's and Node's:
 * https://nodejs.org/api/tls.html#x509-certificate-error-codes.
 */
export function isCertificateFailure(code: string | undefined): boolean {
  return /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ISSUER|ERR_TLS|ERR_SSL|EPROTO/.test(code ?? "");
}
