-- The Sacred Six of schema public: every column that a HERA user expects, with its type; read-only views.
do $$
declare
  v_row record;
begin
  for v_row in
    select e.table_name, c.column_name, c.type, a.type as actual
    from (values
      ('core_organizations', 'id uuid, organization_name text, organization_code text, organization_type text, industry_classification text, parent_organization_id uuid, settings jsonb, status text, created_at timestamptz, updated_at timestamptz, created_by uuid, updated_by uuid'),
      ('core_entities', 'id uuid, organization_id uuid, entity_type text, entity_name text, entity_code text, entity_description text, parent_entity_id uuid, smart_code text, smart_code_status text, status text, business_rules jsonb, metadata jsonb, tags _text, created_at timestamptz, updated_at timestamptz, created_by uuid, updated_by uuid, version int4'),
      ('core_dynamic_data', 'id uuid, organization_id uuid, entity_id uuid, field_name text, field_type text, field_value_text text, field_value_number numeric, field_value_boolean bool, field_value_date timestamptz, field_value_json jsonb, field_value_file_url text, smart_code text, created_at timestamptz, updated_at timestamptz, created_by uuid, updated_by uuid, version int4'),
      ('core_relationships', 'id uuid, organization_id uuid, from_entity_id uuid, to_entity_id uuid, relationship_type text, relationship_direction text, relationship_data jsonb, smart_code text, is_active bool, effective_date timestamptz, expiration_date timestamptz, created_at timestamptz, updated_at timestamptz, created_by uuid, updated_by uuid, version int4'),
      ('universal_transactions', 'id uuid, organization_id uuid, transaction_type text, transaction_code text, transaction_date timestamptz, source_entity_id uuid, target_entity_id uuid, total_amount numeric, transaction_status text, reference_number text, smart_code text, transaction_currency_code text, business_context jsonb, metadata jsonb, created_at timestamptz, updated_at timestamptz, created_by uuid, updated_by uuid, version int4'),
      ('universal_transaction_lines', 'id uuid, organization_id uuid, transaction_id uuid, line_number int4, entity_id uuid, line_type text, description text, quantity numeric, unit_amount numeric, line_amount numeric, smart_code text, line_data jsonb, created_at timestamptz, updated_at timestamptz, created_by uuid, updated_by uuid, version int4')
    ) as e (table_name, columns)
    cross join lateral (
      select split_part(btrim(x), ' ', 1) as column_name, split_part(btrim(x), ' ', 2) as type
      from unnest(string_to_array(e.columns, ',')) x) c
    left join lateral (
      select t.typname as type
      from pg_attribute a join pg_type t on t.oid = a.atttypid
      where a.attrelid = to_regclass('public.' || e.table_name) and a.attname = c.column_name and a.attnum > 0) a on true
  loop
    assert v_row.actual = v_row.type, format('%s.%s is %s', v_row.table_name, v_row.column_name, v_row.actual);
  end loop;

  assert (
    select count(*) from pg_class
    where relnamespace = 'public'::regnamespace and relkind = 'v'
      and relname in ('core_organizations', 'core_entities', 'core_dynamic_data', 'core_relationships', 'universal_transactions',
        'universal_transaction_lines')) = 6, 'six views';
  assert not exists (
    select from information_schema.role_table_grants g
    where g.table_schema = 'public' and g.grantee in ('hera_api', 'hera_worker', 'hera_dba', 'hera_reader', 'PUBLIC')
      and g.table_name ~ '^(core|universal)_' and g.privilege_type <> 'SELECT'), 'read-only';
end
$$;
