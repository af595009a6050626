// Registers by the waltid dialect; the mailbox is proven natively. Then signs in by the dialect.

import createClient from "openapi-fetch";
import type { paths } from "../generated/waltid.js";
import { baseUrl, expected, report, verify } from "./service.js";

const client = createClient<paths>({ baseUrl });
const [email, password] = ["max.mustermann@example.org", "password123456"];
const initialAuth = { type: "email", identifier: { email }, data: { password } } as const;
const profile = { name: "Max Mustermann", email, addressCountry: "AT", address: "Liechtensteinstraße 111/115, 1090 Vienna" };
const preferences = { timeZone: "UTC", languagePreference: "EN" };

const wrong = { profile: { addressCountry: "XX" }, preferences, initialAuth: { ...initialAuth, data: { password: "short" } } };
const refused = await client.POST("/v1/account/register", { body: wrong });
const error = expected(refused.error, refused.data);

const registered = await client.POST("/v1/account/register", { body: { profile, preferences, initialAuth } });
const { _id } = expected(registered.data, registered.error);
const account = await verify(email, password);

const signedIn = await client.POST("/auth/account/emailpass", { body: { email, password } });
const { token } = expected(signedIn.data, signedIn.error);
const info = await client.GET("/v1/account/info", { headers: { Authorization: `Bearer ${token}` } });
const shown = expected(info.data, info.error);

report({
  id: account.id,
  email: account.email,
  same: _id === account.id && shown._id === account.id,
  refused: error.details?.violations?.map((violation) => violation.field) ?? [],
});
