//! Columns, tables and indexes as all migrations make them.

use sea_orm::DbErr;
use sea_orm::sea_query::{ColumnDef, Index, IndexCreateStatement, TableCreateStatement};
use sea_orm_migration::SchemaManager;

/// Most code points of an address or its key: 254 bytes, and room.
pub(super) const ADDRESS: u32 = 320;
/// Bytes of a digest.
const DIGEST: u32 = 32;

/// A digest.
pub(super) fn digest(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).binary_len(DIGEST).not_null().take()
}

/// A moment or a count.
pub(super) fn number(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().not_null().take()
}

/// A moment or a count that may be absent.
pub(super) fn optional_number(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().null().take()
}

/// A text of at most so many code points.
pub(super) fn text(name: &'static str, length: u32) -> ColumnDef {
    ColumnDef::new(name).string_len(length).not_null().take()
}

/// A text of at most so many code points that may be absent.
pub(super) fn optional_text(name: &'static str, length: u32) -> ColumnDef {
    ColumnDef::new(name).string_len(length).null().take()
}

/// Makes the tables and then their indexes.
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

/// An index over those columns.
pub(super) fn index(name: &'static str, table: &'static str, columns: &[&'static str]) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(name).table(table);
    for column in columns {
        index.col(*column);
    }
    index
}
