// A real, certified OpenID provider, with the scopes, claims and habits of ProConnect, for test_real_provider.py.
//   node oidc_provider.mjs PORT SITE
import { generateKeyPairSync, randomBytes } from "node:crypto";
import Provider from "oidc-provider";

const [port, site] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const key = { ...privateKey.export({ format: "jwk" }), kid: "one", use: "sig", alg: "RS256" };

const told = {
  given_name: "Ada",
  usual_name: "Lemoine",
  email: "ada.lemoine@ministere.example",
  uid: "ada",
  siret: "11000101300017",
  idp_id: "an-identity-provider",
  roles: "agent",
  organization_label: "Ministère des Exemples",
};

const client = (name, more) => ({
  client_id: `sprint-${name}`,
  client_secret: "a secret of more than thirty-two characters",
  redirect_uris: [`${site}/connexion/${name}/retour`],
  post_logout_redirect_uris: [`${site}/deconnexion/${name}/retour`],
  response_types: ["code"],
  grant_types: ["authorization_code"],
  token_endpoint_auth_method: "client_secret_post",
  id_token_signed_response_alg: "RS256",
  ...more,
});

const provider = new Provider(issuer, {
  clients: [client("agents", { userinfo_signed_response_alg: "RS256" }), client("autres", {})],
  jwks: { keys: [key] },
  cookies: { keys: [randomBytes(16).toString("hex")] },
  pkce: { methods: ["S256"], required: () => true },
  acrValues: ["eidas1", "eidas2"],
  claims: { acr: null, amr: null, openid: ["sub"], ...Object.fromEntries(Object.keys(told).map((name) => [name, [name]])) },
  features: {
    devInteractions: { enabled: false },
    claimsParameter: { enabled: true },
    jwtUserinfo: { enabled: true },
    rpInitiatedLogout: { enabled: true },
  },
  interactions: { url: (_ctx, interaction) => `/interaction/${interaction.uid}` },
  findAccount: (_ctx, id) => ({ accountId: id, claims: () => ({ sub: id, ...told }) }),
  async loadExistingGrant(ctx) {
    // Everybody agrees to everything: what is asked for is what the contract with the client says.
    const grant = new provider.Grant({ clientId: ctx.oidc.client.clientId, accountId: ctx.oidc.session.accountId });
    grant.addOIDCScope(String(ctx.oidc.params.scope));
    grant.addOIDCClaims(["acr", "amr"]);
    await grant.save();
    return grant;
  },
});

provider.use(async (ctx, next) => {
  const found = ctx.path.match(/^\/interaction\/[\w-]+(?:\/(strong|weak|no))?$/);
  if (!found) return next();
  if (!found[1]) {
    const button = (how) => `<form method="post" action="${ctx.path}/${how}"><button id="${how}">${how}</button></form>`;
    ctx.type = "html";
    ctx.body = `<!doctype html><html lang="en"><title>Who are you?</title><h1>Who are you?</h1>${["strong", "weak", "no"].map(button).join("")}`;
    return undefined;
  }
  const login = { accountId: "ada-of-the-ministry", acr: found[1] === "strong" ? "eidas2" : "eidas1", amr: ["pwd", "mfa"] };
  const result = found[1] === "no" ? { error: "access_denied" } : { login };
  return provider.interactionFinished(ctx.req, ctx.res, result, { mergeWithLastSubmission: false });
});

provider.listen(Number(port), "127.0.0.1", () => console.log("ready"));
