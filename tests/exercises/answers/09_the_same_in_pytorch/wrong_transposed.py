# loses 09-dataset-tests: rows and columns exchanged
# told: Rows and columns are swapped

# %% grade_id="09-dataset"
class PictureData(Dataset):
    def __init__(self, pictures, labels):
        self.pictures, self.labels = pictures, labels

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, i):
        return torch.from_numpy(self.pictures[i].T.copy()).float() / 255, int(self.labels[i])

pictures_of_data, labels_of_data = dataset_functions(PictureData)  # for the checks
