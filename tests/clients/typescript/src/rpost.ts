// Registers by the rpost dialect, confirms and signs in by it, and looks at the details.

import createClient from "openapi-fetch";
import type { paths } from "../generated/rpost.js";
import { baseUrl, expected, mailedToken, report } from "./service.js";

const client = createClient<paths>({ baseUrl });
const [Email, Password] = ["user@company.com", "Secret007"];
const person = { FirstName: "John", LastName: "Smith", RegistrationApp: "[App]", Language: "en-us" };

const wrong = { ...person, Email: "user.company.com", Password: "Sec007" };
const refused = await client.POST("/api/v1/Account/Register", { body: wrong });
const { Message } = expected(refused.error, refused.data);

const registered = await client.POST("/api/v1/Account/Register", { body: { ...person, Email, Password } });
expected(registered.data, registered.error);

// openapi-fetch sends JSON unless it is told the media type.
const form = { "Content-Type": "application/x-www-form-urlencoded" };
const body = { grant_type: "password", username: Email, password: Password };
const early = await client.POST("/Token", { body, headers: form });
const { error } = expected(early.error, early.data);

const Code = await mailedToken(Email);
const confirmed = await client.POST("/api/v1/Account/ConfirmEmail", { body: { Email, Code, Password } });
expected(confirmed.data, confirmed.error);

const signedIn = await client.POST("/Token", { body, headers: form });
const { access_token } = expected(signedIn.data, signedIn.error);
const own = createClient<paths>({ baseUrl, headers: { Authorization: `Bearer ${access_token}` } });
const details = await own.GET("/api/v1/Account/Details");
const { UserName, Language } = expected(details.data, details.error).ResultContent;

report({ email: UserName, language: Language, refused: Message.map(({ MessageId }) => MessageId), early: error });
