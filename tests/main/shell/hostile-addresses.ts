// Addresses that a page must never get to, and that nobody may speak from.

export const HOSTILE_ADDRESSES: readonly string[] = [
  ...[
    'https://example.com/',
    'http://example.com/',
    'http://127.0.0.1:8080/',
    'http://localhost/',
    'ws://example.com/',
  ],
  ...['file:///etc/passwd', 'file://atelier/index.html', 'file:///C:/Windows/win.ini', 'ftp://example.com/'],
  ...[
    'javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    'blob:https://example.com/1',
    'about:blank',
  ],
  ...[
    'about:srcdoc',
    'chrome://settings',
    'devtools://devtools/bundled/inspector.html',
    'view-source:app://atelier/',
  ],
  ...['app://evil/index.html', 'app://atelier.evil/index.html', 'app://evil.atelier/', 'app://atelier@evil/'],
  ...[
    'app://user@atelier/',
    'app://atelier:8080/',
    'app://ATELIER/index.html',
    'app:///index.html',
    'app:atelier',
  ],
  ...[
    'apps://atelier/',
    'App-x://atelier/',
    'app://atelier%2eevil/',
    'smb://server/share',
    'ms-msdt:/id PCWDiagnostic',
  ],
  ...['vscode://file/etc/passwd', 'mailto:a@example.com', 'intent://scan/#Intent;end', '', 'app://'],
]
