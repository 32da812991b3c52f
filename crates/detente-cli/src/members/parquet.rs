//! A journal of members as a Parquet file: columns with types, and what was asked in its metadata.

use super::Job;
use super::lines::{Column, HEAD, Holds, param_name};
use crate::exit::Failure;
use crate::progress::{self, Progress};
use ::parquet::basic::{LogicalType, Repetition, Type as Physical};
use ::parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use ::parquet::errors::ParquetError;
use ::parquet::file::metadata::KeyValue;
use ::parquet::file::properties::{EnabledStatistics, WriterProperties};
use ::parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use ::parquet::schema::types::{ColumnPath, Type, TypePtr};
use detente::ensemble::Ensemble;
use detente::game::Game;
use detente::report::formats::text::ensemble::play;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::sync::Arc;

/// Rows of a row group: what is held in memory at a time.
const GROUP: usize = 1 << 17;

/// What was asked, for the file's metadata. Lists are JSON.
pub fn facts(job: &Job, ensemble: &Ensemble, game: &Game, draws: u64) -> Vec<KeyValue> {
    let params = ensemble.draws().params.iter();
    let params: Vec<String> =
        params.map(|param| param_name(&game.params[param.index()].name)).collect();
    let plays = &ensemble.totals().plays;
    let plays: Vec<String> = plays.iter().map(|path| play(&game.form, path)).collect();
    let list = |all: &[String]| serde_json::json!(all).to_string();
    let facts = [
        ("version", env!("CARGO_PKG_VERSION").to_owned()),
        ("scenario", game.meta.title.clone()),
        ("scenario_hash", job.scenario_hash.clone()),
        ("set", list(&job.set)),
        ("uniform", list(&job.uniform)),
        ("seed", job.seed.to_string()),
        ("points", job.points().to_owned()),
        ("concept", job.concept.clone()),
        ("mixed", job.mixed.to_string()),
        ("select", job.select.clone()),
        ("draws", draws.to_string()),
        ("parameters", list(&params)),
        ("plays", list(&plays)),
    ];
    facts.map(|(name, fact)| KeyValue::new(format!("detente.{name}"), fact)).into()
}

/// Writes the rows of a journal, a group at a time; how many they are. A signal to stop is a failure.
pub fn write(
    file: &mut File,
    journal: &Path,
    columns: &[Column],
    facts: Vec<KeyValue>,
    line: &Progress,
) -> Result<u64, Failure> {
    let read = |error| Failure::told(format!("'{}' cannot be read: {error}", journal.display()));
    let mut reader = BufReader::new(File::open(journal).map_err(read)?);
    let mut writer =
        SerializedFileWriter::new(file, schema(columns).map_err(told)?, properties(columns, facts))
            .map_err(told)?;
    let mut group: Vec<Cells> = columns.iter().map(Cells::of).collect();
    let mut text = String::new();
    for number in 0_u64.. {
        text.clear();
        let is_end = reader.read_line(&mut text).map_err(read)? == 0;
        if number >= HEAD && !is_end {
            row(&mut group, text.trim_end_matches('\n')).ok_or_else(|| {
                let place = format!("line {} of '{}'", number + 1, journal.display());
                Failure::told(format!("{place} is not as it was written"))
                    .help("leave --resume away to start anew")
            })?;
        }
        let rows = group.first().map_or(0, Cells::len);
        if rows == GROUP || (is_end && rows > 0) {
            write_group(&mut writer, &mut group).map_err(told)?;
            line.at(number + 1 - HEAD, "draws");
        }
        if progress::stopped() {
            return Err(Failure::told("stopped before the Parquet file was whole"));
        }
        if is_end {
            break;
        }
    }
    let about = writer.close().map_err(told)?;
    Ok(about.file_metadata().num_rows().unsigned_abs())
}

fn told(error: ParquetError) -> Failure {
    Failure::told(format!("the Parquet file cannot be written: {error}"))
}

fn schema(columns: &[Column]) -> Result<TypePtr, ParquetError> {
    let mut fields = Vec::with_capacity(columns.len());
    for column in columns {
        let (physical, logical) = match column.holds {
            Holds::Whole => (Physical::INT64, None),
            Holds::Number => (Physical::DOUBLE, None),
            Holds::Truth => (Physical::BOOLEAN, None),
            Holds::Words => (Physical::BYTE_ARRAY, Some(LogicalType::String)),
        };
        let repetition = if column.is_full { Repetition::REQUIRED } else { Repetition::OPTIONAL };
        let field = Type::primitive_type_builder(&column.name, physical)
            .with_logical_type(logical)
            .with_repetition(repetition)
            .build()?;
        fields.push(Arc::new(field));
    }
    Ok(Arc::new(Type::group_type_builder("ensemble").with_fields(fields).build()?))
}

/// Numbers that differ from row to row are written plainly; a dictionary would only hold them twice.
fn properties(columns: &[Column], facts: Vec<KeyValue>) -> Arc<WriterProperties> {
    let mut properties = WriterProperties::builder()
        .set_created_by(concat!("detente version ", env!("CARGO_PKG_VERSION")).to_owned())
        .set_statistics_enabled(EnabledStatistics::Chunk)
        .set_key_value_metadata(Some(facts));
    for column in columns {
        if column.is_full && matches!(column.holds, Holds::Whole | Holds::Number) {
            let path = ColumnPath::new(vec![column.name.clone()]);
            properties = properties.set_column_dictionary_enabled(path, false);
        }
    }
    Arc::new(properties.build())
}

/// Takes in a line; none if its fields are not what the columns hold.
fn row(group: &mut [Cells], text: &str) -> Option<()> {
    let mut fields = text.split(',');
    for cells in group.iter_mut() {
        cells.push(fields.next()?)?;
    }
    fields.next().is_none().then_some(())
}

fn write_group(
    writer: &mut SerializedFileWriter<&mut File>,
    group: &mut [Cells],
) -> Result<(), ParquetError> {
    let mut row_group = writer.next_row_group()?;
    for cells in group {
        let column = row_group.next_column()?;
        let mut column = column.ok_or_else(|| ParquetError::General("a column lacks".into()))?;
        cells.write(&mut column)?;
        column.close()?;
    }
    row_group.close().map(drop)
}

/// The fields of one column in one row group.
enum Cells {
    Whole(Field<Int64Type>),
    Number(Field<DoubleType>),
    Truth(Field<BoolType>),
    Words(Field<ByteArrayType>),
}

/// Values that are there, and for each row whether there is one.
struct Field<T: DataType> {
    is_full: bool,
    values: Vec<T::T>,
    levels: Vec<i16>,
}

impl Cells {
    fn of(column: &Column) -> Self {
        let is_full = column.is_full;
        match column.holds {
            Holds::Whole => Self::Whole(Field::new(is_full)),
            Holds::Number => Self::Number(Field::new(is_full)),
            Holds::Truth => Self::Truth(Field::new(is_full)),
            Holds::Words => Self::Words(Field::new(is_full)),
        }
    }

    fn len(&self) -> usize {
        match self {
            Self::Whole(field) => field.levels.len(),
            Self::Number(field) => field.levels.len(),
            Self::Truth(field) => field.levels.len(),
            Self::Words(field) => field.levels.len(),
        }
    }

    /// An empty field is none.
    fn push(&mut self, text: &str) -> Option<()> {
        match self {
            Self::Whole(field) => field.push(text, |text| text.parse().ok()),
            Self::Number(field) => field.push(text, |text| text.parse().ok()),
            Self::Truth(field) => field.push(text, |text| text.parse().ok()),
            Self::Words(field) => field.push(text, |text| Some(ByteArray::from(text))),
        }
    }

    fn write(&mut self, column: &mut SerializedColumnWriter<'_>) -> Result<(), ParquetError> {
        match self {
            Self::Whole(field) => field.write(column),
            Self::Number(field) => field.write(column),
            Self::Truth(field) => field.write(column),
            Self::Words(field) => field.write(column),
        }
    }
}

impl<T: DataType> Field<T> {
    fn new(is_full: bool) -> Self {
        Self { is_full, values: Vec::new(), levels: Vec::new() }
    }

    fn push(&mut self, text: &str, read: impl Fn(&str) -> Option<T::T>) -> Option<()> {
        if text.is_empty() {
            self.levels.push(0);
            return (!self.is_full).then_some(());
        }
        self.levels.push(1);
        self.values.push(read(text)?);
        Some(())
    }

    /// Writes what is there and forgets it.
    fn write(&mut self, column: &mut SerializedColumnWriter<'_>) -> Result<(), ParquetError> {
        let levels = (!self.is_full).then_some(self.levels.as_slice());
        column.typed::<T>().write_batch(&self.values, levels, None)?;
        self.values.clear();
        self.levels.clear();
        Ok(())
    }
}
