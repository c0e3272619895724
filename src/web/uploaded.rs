//! A form with a file, such as the logo of an app.

use std::{pin::Pin, time::Duration};

use actix_multipart::{Field, Multipart};
use actix_web::{FromRequest, HttpRequest, dev::Payload, web::Bytes};
use tokio::time::timeout;

use super::{
    PageError,
    current::Extraction,
    posted::{check_length, check_origin, check_token, is_kind, told_to_its_sender},
};

/// The longest body: a logo of 512 KiB (SPEC 3.5) with what surrounds it.
const LIMIT: usize = 600 * 1024;
/// The longest field that is not a file.
const FIELD_LIMIT: usize = 8 * 1024;
/// How long a file may take to arrive.
const PATIENCE: Duration = Duration::from_mins(1);
/// More parts than any form of ours has.
const PARTS: usize = 50;

/// The files of a form whose token holds. Nothing is written to disk.
pub(crate) struct Uploaded {
    /// The files that were chosen.
    pub(crate) files: Vec<UploadedFile>,
}

/// One chosen file. Its name and type are only what the browser says.
pub(crate) struct UploadedFile {
    /// The field it was chosen in.
    pub(crate) field: String,
    /// What is in it.
    pub(crate) content: Vec<u8>,
}

impl Uploaded {
    /// The file chosen in this field, if one was.
    pub(crate) fn file(&self, field: &str) -> Option<&UploadedFile> {
        self.files.iter().find(|file| file.field == field)
    }

    async fn receive(request: HttpRequest, mut parts: Multipart) -> Result<Uploaded, PageError> {
        check_origin(&request)?;
        if !is_kind(request.headers(), "multipart/form-data") {
            return Err(PageError::BadRequest);
        }
        check_length(request.headers(), LIMIT)?;
        let mut draft = Draft { fields: Vec::new(), files: Vec::new(), room: LIMIT, parts: PARTS };
        let all = async {
            while let Some(part) = next(&mut parts).await {
                draft.take(part.map_err(|_| PageError::BadRequest)?).await?;
            }
            Ok(())
        };
        timeout(PATIENCE, all).await.unwrap_or(Err(PageError::BadRequest))?;
        check_token(&request, &draft.fields)?;
        Ok(Uploaded { files: draft.files })
    }
}

/// What has arrived so far, and how much more may.
struct Draft {
    fields: Vec<(String, String)>,
    files: Vec<UploadedFile>,
    room: usize,
    parts: usize,
}

impl Draft {
    async fn take(&mut self, mut part: Field) -> Result<(), PageError> {
        self.parts = self.parts.checked_sub(1).ok_or(PageError::TooLarge)?;
        let name = part.name().ok_or(PageError::BadRequest)?.to_owned();
        let file = part.content_disposition().and_then(|told| told.get_filename()).map(str::to_owned);
        let limit = if file.is_some() { self.room } else { self.room.min(FIELD_LIMIT) };
        let content: Bytes = match part.bytes(limit).await {
            Ok(read) => read.map_err(|_| PageError::BadRequest)?,
            Err(_) => return Err(PageError::TooLarge),
        };
        self.room -= content.len();
        match file {
            // A file field in which nothing was chosen comes empty and without a name.
            Some(file) if file.is_empty() && content.is_empty() => {}
            Some(_) => self.files.push(UploadedFile { field: name, content: content.to_vec() }),
            None => {
                let value = String::from_utf8(content.to_vec()).map_err(|_| PageError::BadRequest)?;
                self.fields.push((name, value));
            }
        }
        Ok(())
    }
}

async fn next(parts: &mut Multipart) -> Option<Result<Field, actix_multipart::MultipartError>> {
    std::future::poll_fn(|context| futures_core::Stream::poll_next(Pin::new(&mut *parts), context)).await
}

impl FromRequest for Uploaded {
    type Error = PageError;
    type Future = Extraction<Uploaded>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let parts = Multipart::from_request(request, payload).into_inner();
        let request = request.clone();
        Box::pin(async move {
            let received = match parts {
                Ok(parts) => Uploaded::receive(request.clone(), parts).await,
                Err(_) => Err(PageError::BadRequest),
            };
            told_to_its_sender(&request, received).await
        })
    }
}
