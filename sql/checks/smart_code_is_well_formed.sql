-- as hera_view
-- Every row of the Sacred Six but organizations carries a well-formed smart code.
select 'core_entities' as table_name, id, smart_code from hera.core_entities where not hera_internal.smart_code_ok(smart_code)
union all
select 'core_dynamic_data', entity_id, smart_code from hera.core_dynamic_data where not hera_internal.smart_code_ok(smart_code)
union all
select 'core_relationships', id, smart_code from hera.core_relationships where not hera_internal.smart_code_ok(smart_code)
union all
select 'universal_transactions', id, smart_code from hera.universal_transactions where not hera_internal.smart_code_ok(smart_code)
union all
select 'universal_transaction_lines', id, smart_code from hera.universal_transaction_lines where not hera_internal.smart_code_ok(smart_code)
union all
select 'events', id, smart_code from hera.events where not hera_internal.smart_code_ok(smart_code);
