// The headers of every answer that the page's host gives, in a window and in a browser alike. No inline code or style,
// nothing from elsewhere, and the isolation that memory shared between threads needs.

/** WebAssembly may be compiled; everything else comes as files of our own. */
export const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "worker-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

/** Of the hidden page that computes: its own scripts, and nothing else at all. */
export const TRAINER_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ')

const COMMON_HEADERS: Readonly<Record<string, string>> = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Referrer-Policy': 'no-referrer',
  'X-Content-Type-Options': 'nosniff',
}

export const PAGE_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': CONTENT_SECURITY_POLICY,
  ...COMMON_HEADERS,
}

export const TRAINER_HEADERS: Readonly<Record<string, string>> = {
  'Content-Security-Policy': TRAINER_SECURITY_POLICY,
  ...COMMON_HEADERS,
}
