import { IstioHttpMatch, StringMatch } from 'cdk8s-mesh';

/** http[].match[]: one route for each field, named after it. */
export const MATCHES: { readonly [name: string]: IstioHttpMatch[] } = {
  // uri.exact, prefix, regex, ignoreUriCase, name, statPrefix
  'uri': [
    { name: 'favicon', uri: StringMatch.exact('/favicon.ico') },
    { name: 'assets', uri: StringMatch.prefix('/Assets/'), ignoreUriCase: true, statPrefix: 'assets' },
    { name: 'pages', uri: StringMatch.regex('/(en|de)/pages/[a-z-]+') },
  ],
  // scheme.exact, prefix, regex
  'scheme': [
    { uri: StringMatch.prefix('/secure'), scheme: StringMatch.exact('https') },
    { uri: StringMatch.prefix('/plain'), scheme: StringMatch.prefix('http') },
    { uri: StringMatch.prefix('/any'), scheme: StringMatch.regex('https?') },
  ],
  // method.exact, prefix, regex
  'method': [
    { uri: StringMatch.prefix('/orders'), method: StringMatch.exact('POST') },
    { uri: StringMatch.prefix('/drafts'), method: StringMatch.prefix('PROP') },
    { uri: StringMatch.prefix('/products'), method: StringMatch.regex('GET|HEAD') },
  ],
  // authority.exact, prefix, regex
  'authority': [
    { uri: StringMatch.prefix('/status'), authority: StringMatch.exact('www.example.com') },
    { uri: StringMatch.prefix('/status'), authority: StringMatch.prefix('shop.') },
    { uri: StringMatch.prefix('/health'), authority: StringMatch.regex('(shop|www)\\.example\\.com(:443)?') },
  ],
  // headers: exact, prefix, regex
  'headers': [
    { headers: { 'x-release': StringMatch.exact('canary') } },
    { headers: { 'user-agent': StringMatch.prefix('ShopApp/') } },
    { headers: { 'accept-language': StringMatch.regex('de(-.*)?') } },
  ],
  // withoutHeaders: exact, prefix, regex
  'without-headers': [
    { uri: StringMatch.prefix('/sign-in'), withoutHeaders: { 'x-session': StringMatch.regex('.+') } },
    { uri: StringMatch.prefix('/download'), withoutHeaders: { accept: StringMatch.exact('application/json') } },
    { uri: StringMatch.prefix('/upload'), withoutHeaders: { 'content-type': StringMatch.prefix('text/') } },
  ],
  // queryParams: exact, prefix, regex
  'query-params': [
    { queryParams: { preview: StringMatch.exact('true') } },
    { queryParams: { campaign: StringMatch.prefix('spring-') } },
    { queryParams: { page: StringMatch.regex('[1-9][0-9]?') } },
  ],
};
