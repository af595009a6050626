//! Columns, tables and indexes, as all migrations create them.

use sea_orm::DbErr;
use sea_orm::sea_query::{ColumnDef, Index, IndexCreateStatement, TableCreateStatement};
use sea_orm_migration::SchemaManager;

/// Maximum length of an address or its key in code points: 254 bytes, and room.
pub(super) const ADDRESS: u32 = 320;
/// Length of a digest in bytes.
const DIGEST: u32 = 32;

/// Defines a digest.
pub(super) fn digest(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).binary_len(DIGEST).not_null().take()
}

/// Defines a time or a count.
pub(super) fn number(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().not_null().take()
}

/// Defines an optional time or count.
pub(super) fn optional_number(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().null().take()
}

/// Defines a text with this maximum length in code points.
pub(super) fn text(name: &'static str, length: u32) -> ColumnDef {
    ColumnDef::new(name).string_len(length).not_null().take()
}

/// Defines an optional text with this maximum length in code points.
pub(super) fn optional_text(name: &'static str, length: u32) -> ColumnDef {
    ColumnDef::new(name).string_len(length).null().take()
}

/// Creates the tables, then their indexes.
pub(super) async fn create(
    manager: &SchemaManager<'_>,
    tables: Vec<TableCreateStatement>,
    indexes: Vec<IndexCreateStatement>,
) -> Result<(), DbErr> {
    for table in tables {
        manager.create_table(table).await?;
    }
    for index in indexes {
        manager.create_index(index).await?;
    }
    Ok(())
}

/// Defines an index on these columns.
pub(super) fn index(name: &'static str, table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(name).table(table);
    for column in columns {
        index.col(*column);
    }
    index
}
