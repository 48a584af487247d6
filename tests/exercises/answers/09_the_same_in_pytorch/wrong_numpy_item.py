# loses 09-dataset-tests: returns an array
# told: the picture should be a tensor

# %% grade_id="09-dataset"
class PictureData(Dataset):
    def __init__(self, pictures, labels):
        self.pictures, self.labels = pictures, labels

    def __len__(self):
        return len(self.labels)

    def __getitem__(self, i):
        return np.float32(self.pictures[i].transpose(2, 0, 1) / 255), int(self.labels[i])

pictures_of_data, labels_of_data = dataset_functions(PictureData)  # for the checks
