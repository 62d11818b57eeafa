-- Gives the logins of the API and of the worker the passwords of the secrets; run by psql after each deployment.
\set api_password `cat /run/secrets/api_password`
\set worker_password `cat /run/secrets/worker_password`
set log_statement = 'none';
set log_min_error_statement = panic;
alter role hera_api password :'api_password';
alter role hera_worker password :'worker_password';
-- New secrets of tenants reach the database as parameters: they stay out of its log.
alter role hera_api set log_parameter_max_length = 0;
alter role hera_api set log_parameter_max_length_on_error = 0;
alter role hera_worker set log_parameter_max_length = 0;
alter role hera_worker set log_parameter_max_length_on_error = 0;
