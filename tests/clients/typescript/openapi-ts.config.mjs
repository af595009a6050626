// A second generator, for the native document: what it makes is not committed.
export default {
  input: "../../../account-http/openapi/native.json",
  output: { path: "src/hey-client", importFileExtension: ".js" },
  plugins: ["@hey-api/client-fetch", "@hey-api/sdk", "@hey-api/typescript"],
  logs: { level: "error", file: false },
};
