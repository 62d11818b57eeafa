// What the scripts of all clients share: how a call comes in and how its outcome goes out.
export const input = () => JSON.parse(process.argv[2]);

export const print = ({ status, data, error }) =>
  console.log(JSON.stringify({ status, data, error: error && { code: error.code, message: error.message, details: error.details, hint: error.hint } }));
